using Tarn.Jobs.Runs;
using Tarn.Jobs.Specs;

namespace Tarn.Jobs.Schedules;

/// <summary>When a job runs next.</summary>
internal static class ScheduleRule
{
    /// <summary>
    /// The first occurrence since the schedule was set and since the job ran or was tried last. It lies in the past
    /// when runs were missed: then one run makes up for all of them. Null: never by itself.
    /// </summary>
    public static DateTimeOffset? DueAt(JobResource job, JobRun? lastRun, DateTimeOffset triedAt)
    {
        if (job.Spec.Schedule is null)
        {
            return null;
        }

        var since = Later(Later(job.ScheduledFrom, lastRun?.StartedAt ?? DateTimeOffset.MinValue), triedAt);
        return CronSchedule.Parse(job.Spec.Schedule).DueAfter(since);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
