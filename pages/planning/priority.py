"""Prioritas: which villages or regencies next, by gaps that the user can see and weigh."""

from functools import partial

from literasi.ui import charts, filters, priority, shell

shell.header("priority")
with filters.bar():
    part = filters.part("priority", priority.PARTS)
    view = priority.choose()

if part == "cara":
    priority.show_method(view)
else:
    weights = priority.show_weights(view)
    made = priority.rank(view, weights)
    if made is None:
        priority.say_none()
    elif part == "peta":
        priority.show_findings(made)
        charts.show(
            "prioritas-peta",
            partial(priority.map_chart, made),
            made.key,
            priority.is_phone(),
            on_select=priority.on_pick(made, "prioritas-peta"),
        )
    else:
        priority.show_findings(made)
        priority.show_list(made)
        chosen = priority.choose_area(made)
        with priority.beside():
            charts.show(
                "prioritas",
                partial(priority.ranking_of, made, chosen),
                made.key,
                chosen,
                on_select=priority.on_pick(made, "prioritas"),
            )
            charts.show("prioritas-bagian", partial(priority.parts_of, made, chosen), made.key, chosen)
        priority.show_facts(made, chosen)
