"""Tables of SLiMS 9 with their real names and types, as far as we touch them and their personal columns.

Names and types after public sources (methodology, section 8); rows are invented, no real person is in them.
"""

from __future__ import annotations


def tables(collation: str = "utf8mb4_unicode_ci", **others: str) -> list[str]:
    """Give the statements.

    Parameters
    ----------
    collation : str
        Of all tables, and so their character set; old installs are in utf8 or latin1.
    **others : str
        Collation of one table, where an upgrade stopped halfway.
    """

    def end(table: str) -> str:
        chosen = others.get(table, collation)
        return f") ENGINE=MyISAM DEFAULT CHARSET={chosen.partition('_')[0]} COLLATE={chosen}"

    return [
        "CREATE TABLE visitor_count ("
        " visitor_id int(11) NOT NULL AUTO_INCREMENT PRIMARY KEY, member_id varchar(20) DEFAULT NULL,"
        " member_name varchar(255) NOT NULL, institution varchar(100) DEFAULT NULL,"
        " room_code varchar(5) DEFAULT NULL, checkin_date datetime NOT NULL, KEY (member_id)"
        + end("visitor_count"),
        "CREATE TABLE member ("
        " member_id varchar(20) NOT NULL PRIMARY KEY, member_name varchar(100) NOT NULL,"
        " gender int(1) NOT NULL, birth_date date DEFAULT NULL, member_type_id int(6) DEFAULT NULL,"
        " member_address varchar(255) DEFAULT NULL, member_email varchar(100) DEFAULT NULL,"
        " member_phone varchar(50) DEFAULT NULL, register_date date DEFAULT NULL,"
        " expire_date date NOT NULL, is_pending smallint(1) NOT NULL DEFAULT 0" + end("member"),
        "CREATE TABLE loan ("
        " loan_id int(11) NOT NULL AUTO_INCREMENT PRIMARY KEY, item_code varchar(20) DEFAULT NULL,"
        " member_id varchar(20) DEFAULT NULL, loan_date date NOT NULL, due_date date NOT NULL,"
        " renewed int(11) NOT NULL DEFAULT 0, is_lent int(11) NOT NULL DEFAULT 0,"
        " is_return int(11) NOT NULL DEFAULT 0, return_date date DEFAULT NULL" + end("loan"),
        "CREATE TABLE loan_history ("
        " loan_id int(11) NOT NULL PRIMARY KEY, item_code varchar(20) DEFAULT NULL,"
        " biblio_id int(11) NOT NULL DEFAULT 0, title varchar(300) DEFAULT NULL,"
        " member_id varchar(20) DEFAULT NULL, member_name varchar(100) DEFAULT NULL,"
        " member_type_name varchar(64) DEFAULT NULL, loan_date date DEFAULT NULL, due_date date DEFAULT NULL,"
        " is_lent int(11) NOT NULL DEFAULT 0, is_return int(11) NOT NULL DEFAULT 0" + end("loan_history"),
        "CREATE TABLE biblio ("
        " biblio_id int(11) NOT NULL AUTO_INCREMENT PRIMARY KEY, title text NOT NULL,"
        " publish_year varchar(20) DEFAULT NULL, classification varchar(40) DEFAULT NULL,"
        " input_date datetime DEFAULT NULL" + end("biblio"),
        "CREATE TABLE item ("
        " item_id int(11) NOT NULL AUTO_INCREMENT PRIMARY KEY, biblio_id int(11) DEFAULT NULL,"
        " item_code varchar(20) DEFAULT NULL, coll_type_id int(3) DEFAULT NULL,"
        " location_id varchar(3) DEFAULT NULL, item_status_id char(3) DEFAULT NULL,"
        " received_date date DEFAULT NULL, input_date datetime DEFAULT NULL" + end("item"),
    ]


TRIGGERS = [
    "CREATE TRIGGER insert_loan_history AFTER INSERT ON loan FOR EACH ROW"
    " INSERT INTO loan_history SET loan_id = NEW.loan_id, item_code = NEW.item_code,"
    " member_id = NEW.member_id, loan_date = NEW.loan_date,"
    " member_name = (SELECT m.member_name FROM member m WHERE m.member_id = NEW.member_id)",
    "CREATE TRIGGER delete_loan_history AFTER DELETE ON loan FOR EACH ROW"
    " DELETE FROM loan_history WHERE loan_id = OLD.loan_id",
]
"""The history follows the loans, also when they are deleted: that is why totals can shrink."""
