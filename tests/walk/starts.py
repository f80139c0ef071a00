"""Where the walks begin: people in every situation that the bot tells apart, each with the longest words they may have.

Who comes first walks everything. Whoever comes later walks anew what their situation changes (`about`), and elsewhere
only what nobody has tried yet.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.app import FEATURES
from bot.routes import Routes
from tests.walk import company, danger, groups, hard, members, newcomers, passing, plans, trouble
from tests.walk.walker import Walk

COMMANDS = tuple(f"/{name}" for name in Routes(FEATURES).commands)

Arrange = Callable[[Walk], Awaitable[None]]


@dataclass(frozen=True)
class Start:
    """A situation: how somebody came into it, and what of it is walked. `commands` are typed there."""

    arrange: Arrange
    about: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    operator: bool = True
    closed: bool = False
    database: bool = True

    async def walked(self, walk: Walk) -> None:
        """All of it."""
        await self.arrange(walk)
        if self.database:
            await walk.explores(self.commands)

    @property
    def name(self) -> str:
        """What it is called, in a trail."""
        return self.arrange.__name__


STARTS = (
    Start(newcomers.stranger, ("welcome", "remember"), COMMANDS),
    Start(members.member, (), COMMANDS),
    Start(newcomers.stranger_of_nobody, operator=False),
    Start(newcomers.member_of_nobody, (), ("/about", "/whosees"), operator=False),
    Start(newcomers.at_the_door, ("door", "move"), COMMANDS, closed=True),
    Start(newcomers.half_way, ("welcome",)),
    Start(newcomers.stopped_drinking_today, ("welcome",)),
    Start(newcomers.stopped_kratom_some_days_ago, ("welcome",)),
    Start(newcomers.says_only_what, ("welcome",)),
    Start(newcomers.without_a_place, ("home", "next"), ("/start", "/next", "/checkin", "/travel", "/yesterday")),
    Start(members.cutting_down, ("checkin:#",), ("/yesterday",)),
    Start(members.not_yet, ("checkin:#",)),
    Start(members.on_medicine, ("checkin:#",)),
    Start(members.in_words_for_a_screen_reader),
    Start(members.answers_every_way),
    Start(members.plans_every_day),
    Start(members.far_away),
    Start(members.wants_company),
    Start(members.slipped, ("slip", "checkin:closer")),
    Start(members.slipped_after_a_day),
    Start(members.slipped_and_counts_it),
    Start(members.slipped_with_everything),
    Start(members.slipped_cutting_down),
    Start(members.slipped_not_yet),
    Start(members.slipped_on_medicine),
    Start(members.without_a_time),
    Start(members.in_the_first_days),
    Start(members.past_the_first_days),
    Start(members.notes_symptoms),
    Start(members.notes_worse_symptoms),
    Start(plans.has_everything, ("plan",)),
    Start(plans.half_made),
    Start(plans.full),
    Start(plans.nobody_to_call),
    Start(plans.weeks_later),
    Start(members.paused, ("next",)),
    Start(members.paused_until_they_write, ("next",), ("/next",)),
    Start(members.travelling, ("travel",)),
    Start(members.home_from_a_journey),
    Start(groups.looks_for_one),
    Start(groups.looks_at_odd_ones),
    Start(groups.follows_some),
    Start(groups.follows_too_many),
    Start(groups.enters_their_own),
    Start(groups.is_reminded),
    Start(groups.is_reminded_as_clocks_change),
    Start(groups.is_at_home_in_new_york),
    Start(groups.hears_of_changes),
    Start(groups.is_offered_one_in_a_hard_moment),
    Start(passing.asked_all_day),
    Start(passing.asked_all_day_not_discreetly),
    Start(passing.woken_late),
    Start(passing.put_off),
    Start(passing.held_back_the_day_before),
    Start(passing.silent_for_three_days),
    Start(passing.silent_for_weeks),
    Start(passing.silent_not_discreetly),
    Start(passing.back_after_weeks),
    Start(passing.leaving_tomorrow, ("erase",)),
    Start(passing.erased_a_day_later),
    Start(passing.tidied_by_itself),
    Start(passing.tidied_after_days),
    Start(passing.forgotten_for_months),
    Start(hard.eases, ("moment",)),
    Start(hard.stays_strong),
    Start(hard.breathes),
    Start(hard.breathes_with_a_phone_that_is_read_aloud),
    Start(hard.asked_late),
    Start(hard.asked_late_nobody_knows_where),
    Start(danger.writes_of_danger, ("flag",)),
    Start(danger.in_danger_where_a_doctor_answers),
    Start(danger.in_danger_where_a_line_knows_about_voices),
    Start(company.has_people, ("people", "alert", "sharing")),
    Start(company.limits_are_set),
    Start(company.invites),
    Start(company.invites_for_nobody, operator=False),
    Start(company.has_six),
    Start(company.asked_and_nobody_answers),
    Start(company.told_and_asks_again, ("alert",)),
    Start(company.somebody_is_there),
    Start(company.somebody_is_there_and_silent),
    Start(company.a_mistake),
    Start(company.nothing_for_anybody),
    Start(company.reviewed),
    Start(company.arranges_a_note, ("quiet",)),
    Start(company.goes_quiet),
    Start(trouble.moves),
    Start(trouble.late, ("late",)),
    Start(trouble.late_stranger, ("late", "hard")),
    Start(trouble.odd_things),
    Start(members.nothing_to_undo),
    Start(members.less_and_more),
    Start(trouble.without_a_database, database=False),
)
