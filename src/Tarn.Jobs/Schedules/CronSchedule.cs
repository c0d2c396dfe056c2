using Cronos;
using Tarn.Primitives.Errors;

namespace Tarn.Jobs.Schedules;

/// <summary>A schedule in cron's five fields, UTC.</summary>
internal sealed class CronSchedule
{
    private readonly CronExpression _expression;

    private CronSchedule(CronExpression expression) => _expression = expression;

    /// <summary>Fails with Invalid and the reason.</summary>
    public static CronSchedule Parse(string text)
    {
        try
        {
            return new CronSchedule(CronExpression.Parse(text, CronFormat.Standard));
        }
        catch (CronFormatException e)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"schedule '{text}' is not five cron fields",
                e.Message,
                "minute hour day-of-month month day-of-week, such as '*/5 * * * *'",
                e);
        }
    }

    /// <summary>
    /// When the job is due, given when it ran last: the first occurrence after that. It may lie in the past: runs
    /// that were missed are made up for by one. Null: never again.
    /// </summary>
    public DateTimeOffset? DueAfter(DateTimeOffset lastRun) =>
        _expression.GetNextOccurrence(lastRun.UtcDateTime) is { } next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
}
