"""Tables of INLISLite v3 with their real names and types, as far as we touch them and their personal columns.

Names and types after public sources (methodology, section 8); rows are invented, no real person is in them.
"""

from __future__ import annotations

_END = ") ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci"

TABLES = [
    "CREATE TABLE jenis_kelamin (ID int(11) NOT NULL PRIMARY KEY, Name varchar(50) NOT NULL" + _END,
    "CREATE TABLE memberguesses ("
    " ID int(11) NOT NULL AUTO_INCREMENT PRIMARY KEY, NoAnggota varchar(50) DEFAULT NULL,"
    " Nama varchar(100) NOT NULL, Profesi_id int(11) DEFAULT NULL,"
    " PendidikanTerakhir_id int(11) DEFAULT NULL, JenisKelamin_id int(11) DEFAULT NULL,"
    " Alamat varchar(255) DEFAULT NULL, CreateDate datetime DEFAULT NULL,"
    " Location_Id int(11) DEFAULT NULL, TujuanKunjungan_Id int(11) DEFAULT NULL,"
    " Information varchar(255) DEFAULT NULL, NoPengunjung varchar(50) DEFAULT NULL" + _END,
    "CREATE TABLE groupguesses ("
    " ID int(11) NOT NULL AUTO_INCREMENT PRIMARY KEY, NamaKetua varchar(255) NOT NULL,"
    " NomerTelponKetua varchar(20) DEFAULT NULL, AsalInstansi varchar(255) NOT NULL,"
    " AlamatInstansi varchar(255) NOT NULL, CountPersonel int(11) DEFAULT NULL,"
    " CountPelajar int(11) DEFAULT NULL, CountLaki int(11) DEFAULT NULL,"
    " CountPerempuan int(11) DEFAULT NULL, CreateDate datetime DEFAULT NULL,"
    " EmailInstansi varchar(255) DEFAULT NULL" + _END,
    "CREATE TABLE members ("
    " ID double NOT NULL PRIMARY KEY, MemberNo varchar(50) NOT NULL, Fullname varchar(255) NOT NULL,"
    " DateOfBirth date DEFAULT NULL, Address varchar(255) DEFAULT NULL, Phone varchar(50) DEFAULT NULL,"
    " IdentityNo varchar(50) DEFAULT NULL, Sex_id int(11) DEFAULT NULL, RegisterDate datetime DEFAULT NULL,"
    " EndDate datetime DEFAULT NULL, MotherMaidenName varchar(255) DEFAULT NULL,"
    " Email varchar(255) DEFAULT NULL, StatusAnggota_id int(11) DEFAULT NULL" + _END,
    "CREATE TABLE collectionloans ("
    " ID varchar(255) NOT NULL PRIMARY KEY, CollectionCount int(11) DEFAULT 0, LoanCount int(11) DEFAULT 0,"
    " Member_id double NOT NULL, CreateDate datetime DEFAULT NULL" + _END,
    "CREATE TABLE collectionloanitems ("
    " ID double NOT NULL PRIMARY KEY, CollectionLoan_id varchar(255) NOT NULL,"
    " LoanDate datetime DEFAULT NULL, DueDate datetime DEFAULT NULL, ActualReturn datetime DEFAULT NULL,"
    " LoanStatus varchar(50) DEFAULT NULL, Collection_id double NOT NULL, member_id double NOT NULL,"
    " KEY (CollectionLoan_id), KEY (LoanDate)" + _END,
    "CREATE TABLE catalogs ("
    " ID double NOT NULL PRIMARY KEY, Title varchar(700) DEFAULT NULL, PublishYear varchar(50) DEFAULT NULL,"
    " DeweyNo varchar(50) DEFAULT NULL, IsOPAC tinyint(1) DEFAULT 1, CreateDate datetime DEFAULT NULL" + _END,
    "CREATE TABLE collections ("
    " ID double NOT NULL PRIMARY KEY, NomorBarcode varchar(50) DEFAULT NULL, Catalog_id double DEFAULT NULL,"
    " TanggalPengadaan datetime DEFAULT NULL, Category_id int(11) DEFAULT NULL,"
    " Status_id int(11) DEFAULT NULL, Location_Library_id int(11) DEFAULT NULL,"
    " CreateDate datetime DEFAULT NULL" + _END,
]
