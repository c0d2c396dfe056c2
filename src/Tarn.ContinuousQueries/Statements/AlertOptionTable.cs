using Tarn.ContinuousQueries.Definitions;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>WITH (...) of an alert.</summary>
internal static class AlertOptionTable
{
    private const long RepeatLeast = 1_000;

    public static OptionTable<AlertOptions> Instance { get; } = new("alert", new Dictionary<string,
        Func<AlertOptions, OptionValue, AlertOptions>>
    {
        ["repeat_interval"] = (options, value) =>
            options with { RepeatMilliseconds = value.Milliseconds(RepeatLeast) },
    });
}
