"""Each bad scenario is one story: what was written, and the line its writer gets to read."""

from __future__ import annotations

import pickle

import pytest

from sim.scenario import ScenarioError, parse_scenario

TOP = (
    "name, title, question, seed, replications, settlement, clock, queue, session, threat, response, court, "
    "united_states, partners, issues, mechanisms, politics, tracks, announcements, retaliation ... 22 in all"
)

KEYS = {
    "mechanisms:\n  attention:\n    capacty: 5\n": "x.yaml:5: mechanisms.attention.capacty: unknown key; did you mean "
    "'capacity'? (allowed: strength, capacity, window, closings, importance, absence, rush)",
    "capacity: 5\n": f"x.yaml:3: capacity: unknown key; did you mean 'mechanisms.attention.capacity'? (allowed: {TOP})",
    "zzz: 5\n": f"x.yaml:3: zzz: unknown key (allowed: {TOP})",
    "clock: {rounds: 10}\nseed: 1\nclock: {rounds: 20}\n": "x.yaml:5: clock: given twice, on lines 3 and 5",
    "7: seven\n": "x.yaml:3: the key '7' is not text",
    "clock:\n  ~: 3\n": "x.yaml:4: clock: the key '~' is not text",
    "? [a, b]\n: 3\n": "x.yaml:3: the key (a list) is not text",
}

TYPES = {
    "clock:\n  rounds: many\n": "x.yaml:4: clock.rounds: expected a whole number from 1 to 150, got 'many'",
    "clock: {rounds: 4.5}\n": "x.yaml:3: clock.rounds: expected a whole number from 1 to 150, got 4.5",
    "clock: {rounds: 40.0}\n": "x.yaml:3: clock.rounds: expected a whole number from 1 to 150, got 40.0",
    "clock: {rounds: 1e2}\n": "x.yaml:3: clock.rounds: expected a whole number from 1 to 150, got 100.0",
    "calendar: [{date: 0, action: snap}]\n": "x.yaml:3: calendar[0].date: expected a date such as 2025-07-09, got 0",
    "calendar: [{date: 1752019200, action: snap}]\n": "x.yaml:3: calendar[0].date: expected a date such as 2025-07-09, "
    "got 1752019200",
    "calendar: [{date: '1752019200', action: snap}]\n": "x.yaml:3: calendar[0].date: expected a date such as "
    "2025-07-09, got '1752019200'",
    "court: {date: 20251105}\n": "x.yaml:3: court.date: expected a date such as 2025-07-09, got 20251105",
    "clock: {rounds: true}\n": "x.yaml:3: clock.rounds: expected a whole number from 1 to 150, got true",
    "clock: {rounds: '10'}\n": "x.yaml:3: clock.rounds: expected a whole number from 1 to 150, got '10'",
    "clock: {rounds: [10]}\n": "x.yaml:3: clock.rounds: expected a whole number from 1 to 150, got a list",
    "clock: 10\n": "x.yaml:3: clock: expected a mapping, got 10",
    "clock:\n": "x.yaml:3: clock: is empty; expected a mapping",
    "issues: 3\n": "x.yaml:3: issues: expected a mapping, got 3",
    "politics: {all_tariffs: JPN}\n": "x.yaml:3: politics.all_tariffs: expected a list, got 'JPN'",
    "queue: {opens: togeter}\n": "x.yaml:3: queue.opens: 'togeter' is not one of the choices; did you mean 'together'? "
    "(allowed: staggered, together, calendar)",
    "queue: {position: first}\n": "x.yaml:3: queue.position: expected a whole number from 1 to 500 or last or a list, "
    "got 'first'",
    "queue:\n  position:\n    - 1\n    - first\n": "x.yaml:6: queue.position[1]: expected a whole number from 1 to 500 "
    "or last, got 'first'",
}

RANGES = {
    "united_states:\n  tariff_floor: 24\n": "x.yaml:4: united_states.tariff_floor: 24 is above 0.5; a rate is a "
    "fraction, 0.24 means 24 %",
    "united_states: {tariff_floor: 0.7}\n": "x.yaml:3: united_states.tariff_floor: 0.7 is above 0.5 "
    "(allowed: 0 to 0.5)",
    "mechanisms: {attention: {capacity: -3}}\n": "x.yaml:3: mechanisms.attention.capacity: -3 is below 1 "
    "(allowed: 1 to 100)",
    "united_states: {beta: .nan}\n": "x.yaml:3: united_states.beta: nan is not a finite number "
    "(allowed: a number from 0.05 to 10)",
    "united_states: {beta: -.inf}\n": "x.yaml:3: united_states.beta: -inf is not a finite number "
    "(allowed: a number from 0.05 to 10)",
    "seed: 99999999999\n": "x.yaml:3: seed: 99999999999 is above 2147483647 (allowed: 0 to 2147483647)",
    f"seed: {'9' * 5000}\n": "x.yaml:3: seed: a number too long to read",
    "partners: {overrides: {JPN: {resistance: {fx: -1}}}}\n": "x.yaml:3: partners.overrides.JPN.resistance.fx: "
    "-1 is below 0 (allowed: 0 to 20)",
    "clock: {rounds: 100, horizon: 60}\n": "x.yaml:3: clock.rounds: 100 rounds do not fit in a horizon of 60 weeks",
    "politics: {president_rounds: [0, 60]}\n": "x.yaml:3: politics.president_rounds[1]: round 60 is never reached "
    "(allowed: 0 to 39)",
}

CODES = {
    "queue: {focal: Japan}\n": "x.yaml:3: queue.focal: 'Japan' is no ISO code of a partner; did you mean 'JPN'?",
    "queue: {focal: jpn}\n": "x.yaml:3: queue.focal: 'jpn' is no ISO code of a partner; did you mean 'JPN'?",
    "queue: {focal: UK}\n": "x.yaml:3: queue.focal: 'UK' is no ISO code of a partner; did you mean 'GBR'?",
    "queue: {focal: DEU}\n": "x.yaml:3: queue.focal: DEU talks as part of EUU",
    "queue: {focal: CHN}\n": "x.yaml:3: queue.focal: CHN (China) did not ask for talks",
    "queue: {focal: USA}\n": "x.yaml:3: queue.focal: the United States is the other side of the table",
    "queue: {order: [KOR, VMN]}\n": "x.yaml:3: queue.order[1]: 'VMN' is no ISO code of a partner; did you mean 'VNM'?",
    "partners: {include: [JPN, FRA]}\n": "x.yaml:3: partners.include[1]: FRA talks as part of EUU",
    "partners:\n  overrides:\n    QQQ: {beta: 1}\n": "x.yaml:5: partners.overrides.QQQ: 'QQQ' is no ISO "
    "code of a partner",
    "issues: {fx: {partners: [KRO]}}\n": "x.yaml:3: issues.fx.partners[0]: 'KRO' is no ISO code of a partner; "
    "did you mean 'KOR'?",
    "politics: {all_tariffs: [JPP]}\n": "x.yaml:3: politics.all_tariffs[0]: 'JPP' is no ISO code of a partner; "
    "did you mean 'JPN'?",
    "calendar:\n- date: 2025-07-07\n  action: letters\n  rates:\n    JPN: 0.25\n    Brasil: 0.5\n": "x.yaml:8: "
    "calendar[0].rates.Brasil: 'Brasil' is no ISO code of an economy; did you mean 'BRA'?",
}

LISTS = {
    "partners: {include: [JPN, KOR, JPN]}\n": "x.yaml:3: partners.include[2]: JPN is listed twice",
    "partners: {include: []}\n": "x.yaml:3: partners.include: the list is empty; leave the key out to keep the default",
    "queue: {order: [KOR, KOR]}\n": "x.yaml:3: queue.order[1]: KOR is listed twice",
    "queue: {position: [last, 1, last]}\n": "x.yaml:3: queue.position[2]: last is listed twice",
    "partners:\n  include: [KOR, EUU]\n": "x.yaml: queue.focal: JPN is not among the partners of partners.include "
    "(allowed: KOR, EUU)",
    "partners: {include: [JPN, KOR]}\nqueue:\n  position: [1, 3]\n": "x.yaml:5: queue.position[1]: there is no place 3 "
    "among 2 partners (allowed: 1 to 2, last)",
    "partners: {include: [JPN, KOR]}\nqueue: {position: [2, last]}\n": "x.yaml:4: queue.position: 2 and last are the "
    "same place among 2 partners",
}

ISSUES = {
    "issues:\n  tariff: {scale: 1}\n": "x.yaml:4: issues.tariff: the general rate is always negotiated and takes no "
    "terms here; see united_states",
    "issues:\n  Gas-Deal: {}\n": "x.yaml:4: issues.Gas-Deal: an issue is named with small letters, digits and _, "
    "beginning with a letter",
    "issues:\n  fx:\n    table: seperate\n": "x.yaml:5: issues.fx.table: 'seperate' is not one of the choices; "
    "did you mean 'separate'? (allowed: joint, president, separate, off)",
    "issues: {gas: {benefti: 1}}\n": "x.yaml:3: issues.gas.benefti: unknown key; did you mean 'benefit'? (allowed: "
    "basis, scale, cost, convexity, benefit, concavity, levels, unit, table, partners, needs, dearer, "
    "least_capacity, capacity_income, capacity_power, within, supply)",
    "partners: {overrides: {JPN: {limits: {market: 0.2}}}}\n": "x.yaml:3: partners.overrides.JPN.limits.market: "
    "unknown issue; did you mean 'market_access'? "
    "(allowed: auto_tariff, defence, fx, investment, market_access, tariff)",
    "partners: {overrides: {JPN: {limits_until: 2025-20-07}}}\n": "x.yaml:3: partners.overrides.JPN.limits_until: "
    "'2025-20-07' is not a date such as 2025-07-20",
}

CALENDAR = {
    "calendar:\n- {date: 2025-07-09, action: snap}\n- {date: 2025-07-01, action: snap}\n": "x.yaml:5: "
    "calendar[1].date: 2025-07-01 stands after 2025-07-09; events go in order of date",
    "calendar:\n- {date: 2025-04-02, action: snap}\n": "x.yaml:4: calendar[0].date: 2025-04-02 is outside the run "
    "(allowed: 2025-04-14 to 2029-04-09)",
    "calendar:\n- {date: 2025-07-07, action: extend, until: 2035-01-01}\n": "x.yaml:4: calendar[0].until: 2035-01-01 "
    "is outside the run (allowed: 2025-04-14 to 2029-04-09)",
    "calendar:\n- {date: 2025-07-07, action: extend}\n": "x.yaml:4: calendar[0]: an extend needs `until`, a date after "
    "its own",
    "calendar:\n- {date: 2025-07-07, action: letters}\n": "x.yaml:4: calendar[0]: letters need `rates`, new rates by "
    "ISO code",
    "calendar:\n- {action: snap}\n": "x.yaml:4: calendar[0].date: is missing (The day it happens)",
    "calendar:\n- {date: soon, action: snap}\n": "x.yaml:4: calendar[0].date: expected a date such as 2025-07-09, "
    "got 'soon'",
    "calendar:\n- date: 2025-07-07\n  action: letters\n  rates: {JPN: 25}\n": "x.yaml:6: calendar[0].rates.JPN: "
    "25 is above 1; a rate is a fraction, 0.25 means 25 %",
}

YAML = {
    "clock: [\n": "x.yaml:4: not readable as YAML: while parsing a flow node, expected the node content, but found "
    "'<stream end>'",
    "title: a: b\n": "x.yaml:3: not readable as YAML: mapping values are not allowed here",
    "clock: &a\n  rounds: *a\n": "x.yaml:4: not readable as YAML: aliases are not read, write the value out",
    "a: &a [1]\nb: *a\n": "x.yaml:4: not readable as YAML: aliases are not read, write the value out",
    "seed: !!python/name:os.system\n": "x.yaml:3: seed: the tag '!!python/name:os.system' is not read",
    "a: \x00\n": "x.yaml:3: the character U+0000 is not text",
    'question: "a\\ud800b"\n': "x.yaml:3: question: the character U+D800 is not text",
    '"a\\udfff": 1\n': "x.yaml:3: the character U+DFFF is not text",
    "---\nname: other\n": "x.yaml:3: not readable as YAML: expected a single document in the stream, but found another "
    "document",
    "a: " + "[" * 100_000: "x.yaml:3: not readable as YAML: nested deeper than 16 levels",
}

NAMES = (
    "built_in, time_dependent, boulware, linear, conceder, relative_tit_for_tat, hardball, micro, random_walker, "
    "log_roller, nash_negotiator, module:Class"
)
TACTICS = {
    "tactics:\n  partners: bulware\n": "x.yaml:4: tactics.partners: there is no such tactic; did you mean 'boulware'? "
    f"(allowed: {NAMES})",
    "tactics:\n  united_states:\n    name: builtin\n": "x.yaml:5: tactics.united_states.name: there is no such tactic; "
    f"did you mean 'built_in'? (allowed: {NAMES})",
    "tactics: {partner: linear}\n": "x.yaml:3: tactics.partner: unknown key; did you mean 'partners'? "
    "(allowed: partners, united_states, groups)",
    "tactics: {partners: 3}\n": "x.yaml:3: tactics.partners: expected text or a mapping, got 3",
    "tactics:\n  partners:\n    name: hardball\n    options:\n      share: 1.7\n": "x.yaml:7: "
    "tactics.partners.options.share: share lies in [0, 1]",
    "tactics:\n  partners:\n    name: hardball\n    options: {shre: 0.7}\n": "x.yaml:6: tactics.partners.options.shre: "
    "unknown option; did you mean 'share'? (allowed: acceptance, share)",
    "tactics: {partners: {name: linear, options: {beta: fast}}}\n": "x.yaml:3: tactics.partners.options.beta: expected "
    "a number, got 'fast'",
    "tactics: {partners: {name: log_roller, options: {knowledge: {partial: 2}}}}\n": "x.yaml:3: "
    "tactics.partners.options.knowledge.partial: 2 is not a share (allowed: 0 to 1)",
    "tactics: {partners: {name: linear, options: {acceptance: [ac_next, {ac_tme: 1}]}}}\n": "x.yaml:3: "
    "tactics.partners.options.acceptance[1]: 'ac_tme' is not one of the choices; did you mean 'ac_time'? (allowed: "
    "ac_next, ac_aspiration, ac_time, ac_const, {ac_next: number}, {ac_time: number}, {ac_const: number})",
    "tactics: {partners: {name: built_in, options: {beta: 1}}}\n": "x.yaml:3: tactics.partners.options: built_in goes "
    "by partners.beta and partners.reciprocity instead",
    "session: {protocol: nash}\ntactics: {partners: hardball}\n": "x.yaml:4: tactics.partners: nobody makes offers "
    "where session.protocol is nash, so no tactic has effect (allowed: built_in)",
    "tactics: {groups: [{tactic: micro}]}\n": "x.yaml:3: tactics.groups[0]: a group needs partners, size or listed; "
    "a whole side is tactics.partners or united_states",
    "tactics: {groups: [{partners: [KOR, KOR], tactic: micro}]}\n": "x.yaml:3: tactics.groups[0].partners[1]: "
    "KOR is listed twice",
    "tactics: {groups: [{partners: [DEU], tactic: micro}]}\n": "x.yaml:3: tactics.groups[0].partners[0]: "
    "DEU talks as part of EUU",
    "partners: {overrides: {JPN: {tactic: 'json:dumps'}}}\n": "x.yaml:3: partners.overrides.JPN.tactic: "
    "json:dumps is not a class",
    "partners: {overrides: {JPN: {tactic: 'no path:X'}}}\n": "x.yaml:3: partners.overrides.JPN.tactic: "
    "'no path:X' is no import path; write package.module:Class",
}

STORIES = KEYS | TYPES | RANGES | CODES | LISTS | ISSUES | CALENDAR | YAML | TACTICS


@pytest.mark.parametrize(("body", "line"), STORIES.items(), ids=[line[:60] for line in STORIES.values()])
def test_a_bad_scenario_is_refused_in_one_line(complaint, body, line):
    assert complaint(body) == line


@pytest.mark.parametrize(
    ("text", "line"),
    {
        "": "x.yaml: the file is empty; a scenario needs at least name and title",
        "# only a comment\n": "x.yaml: the file is empty; a scenario needs at least name and title",
        "- a\n- b\n": "x.yaml: expected a mapping of keys to values, got a list",
        "hello": "x.yaml: expected a mapping of keys to values, got 'hello'",
        "title: t\n": "x.yaml: name: is missing (Short name, also the folder of its results)",
        "name: My Run\ntitle: t\n": "x.yaml:1: name: 'My Run' is not a short name: small letters, digits and _, "
        "beginning with a letter",
    }.items(),
)
def test_a_file_that_is_no_scenario_at_all(complaint, text, line):
    assert complaint(text, head="") == line


def test_of_several_faults_the_first_line_is_told(complaint):
    assert complaint("seed: x\nclock: {rounds: 0}\n").startswith("x.yaml:3: seed")


def test_an_error_holds_its_parts_and_survives_pickling():
    with pytest.raises(ScenarioError) as caught:
        parse_scenario("name: a\ntitle: b\nqueue: {opens: togeter}\n", "x.yaml")
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.file, error.line, error.key) == ("x.yaml", 3, "queue.opens")
    assert (error.allowed, error.nearest) == (("staggered", "together", "calendar"), "together")
    assert str(error) == str(caught.value)
