using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Statements;

namespace Tarn.ContinuousQueries.Definitions;

/// <summary>An alert as the statement that makes it.</summary>
internal static class AlertText
{
    public static string Print(AlertSpec alert) =>
        $"CREATE ALERT {DefinitionText.Name(alert.Name)} ON "
        + $"{DefinitionText.Name(alert.Database)}.{DefinitionText.Name(alert.View)}\n"
        + $"WHEN {alert.Condition}\n"
        + (alert.ForMilliseconds > 0 ? $"FOR INTERVAL '{Duration(alert.ForMilliseconds)}'\n" : "")
        + $"NOTIFY {string.Join(", ", alert.Targets.Select(Print))}"
        + (alert.Options.RepeatMilliseconds is { } repeat ? $" WITH (repeat_interval = '{Duration(repeat)}')" : "");

    public static string Print(NotifyTarget target) => target.IsStream
        ? $"STREAM {SqlText.Literal(target.Name)}"
        : DefinitionText.Name(target.Name);

    public static string Duration(long milliseconds) => IntervalText.Print(milliseconds * 1_000);
}
