"""The configuration of a year in Django admin: one page a cycle, one a question, and the lists they draw from."""

from cycles.admin.cycle import CycleAdmin, also_on_the_cycle
from cycles.admin.program import CourseAdmin, ProgramAdmin
from cycles.admin.question import QuestionAdmin

__all__ = ["CourseAdmin", "CycleAdmin", "ProgramAdmin", "QuestionAdmin", "also_on_the_cycle"]
