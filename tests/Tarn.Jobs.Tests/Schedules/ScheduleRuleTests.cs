using Tarn.Jobs.Runs;
using Tarn.Jobs.Schedules;
using Tarn.Jobs.Specs;

namespace Tarn.Jobs.Tests.Schedules;

public sealed class ScheduleRuleTests
{
    private static readonly DateTimeOffset Set = new(2026, 11, 23, 4, 2, 0, TimeSpan.Zero);

    [Fact]
    public void DueAt_NeverRun_IsTheFirstOccurrenceSinceItWasSet() =>
        Assert.Equal(Set.AddMinutes(3), ScheduleRule.DueAt(Job("*/5 * * * *"), null, DateTimeOffset.MinValue));

    [Fact]
    public void DueAt_AfterARun_IsTheNextOccurrence() => Assert.Equal(
        Set.AddMinutes(13), ScheduleRule.DueAt(Job("*/5 * * * *"), Run(Set.AddMinutes(9)), DateTimeOffset.MinValue));

    [Fact]
    public void DueAt_RunBeforeTheScheduleWasSet_DoesNotCount() => Assert.Equal(
        Set.AddMinutes(3), ScheduleRule.DueAt(Job("*/5 * * * *"), Run(Set.AddDays(-9)), DateTimeOffset.MinValue));

    [Fact]
    public void DueAt_TriedSince_IsTheNextOccurrence() => Assert.Equal(
        Set.AddMinutes(8), ScheduleRule.DueAt(Job("*/5 * * * *"), null, Set.AddMinutes(3)));

    [Fact]
    public void DueAt_NoSchedule_IsNever() =>
        Assert.Null(ScheduleRule.DueAt(Job(null), Run(Set), DateTimeOffset.MinValue));

    private static JobResource Job(string? schedule) => new()
    {
        Spec = new JobSpec { Name = "curate", Sql = "SELECT 1", Target = "a.b", Schedule = schedule },
        CreatedAt = Set,
        ScheduledFrom = Set,
    };

    private static JobRun Run(DateTimeOffset startedAt) =>
        new() { Number = 1, Job = "curate", StartedAt = startedAt };
}
