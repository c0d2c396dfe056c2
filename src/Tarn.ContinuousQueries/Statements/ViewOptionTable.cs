using Tarn.ContinuousQueries.Definitions;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>WITH (...) of a view.</summary>
internal static class ViewOptionTable
{
    private const int RecordsMost = 1_000_000;

    public static OptionTable<ViewOptions> Instance { get; } = new("view", new Dictionary<string,
        Func<ViewOptions, OptionValue, ViewOptions>>
    {
        ["ttl"] = (options, value) => options with { TtlMilliseconds = value.Milliseconds(1) },
        ["trigger_interval"] = (options, value) => options with { TriggerMilliseconds = value.Milliseconds(1) },
        ["trigger_records"] = (options, value) => options with
        {
            TriggerRecords = (int?)value.Whole(1, RecordsMost),
        },
        ["lookup_refresh"] = (options, value) => options with { LookupRefreshMilliseconds = value.Milliseconds(1) },
        ["lookup_rows_max"] = (options, value) => options with { LookupRowsMax = value.Whole(1, int.MaxValue - 1) },
        ["backfill"] = (options, value) => options with
        {
            Backfill = value.Word("stream", "lake") is "lake" ? BackfillFrom.Lake : BackfillFrom.Stream,
        },
        ["state_rows_max"] = (options, value) => options with { StateRowsMax = value.Whole(1, long.MaxValue) },
        ["list_values_max"] = (options, value) => options with
        {
            ListValuesMax = (int?)value.Whole(1, RecordsMost),
        },
    });
}
