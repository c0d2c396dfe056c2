namespace Tarn.ContinuousQueries.Definitions;

/// <summary>WITH (...) of a view.</summary>
internal sealed record ViewOptions
{
    /// <summary>A group without a change for so long is removed, by the event time where the source has a watermark,
    /// else by the clock. Null: never.</summary>
    public long? TtlMilliseconds { get; init; }

    /// <summary>A batch that is not full starts no sooner than this after the one before it. Null: the
    /// server's.</summary>
    public long? TriggerMilliseconds { get; init; }

    /// <summary>Records of one batch. Null: the server's.</summary>
    public int? TriggerRecords { get; init; }

    /// <summary>Values that list(), array_agg() or string_agg() may have in one group before the view stops with an
    /// error. Null: 1,000.</summary>
    public int? ListValuesMax { get; init; }

    /// <summary>Groups, kept rows and values held one by one above which the view stops with an error.
    /// Null: the server's.</summary>
    public long? StateRowsMax { get; init; }

    /// <summary>How long a lookup is taken to be as it was before it is looked at again. Null: the server's.</summary>
    public long? LookupRefreshMilliseconds { get; init; }

    /// <summary>Rows of a lookup above which the view stops with an error. Null: the server's.</summary>
    public long? LookupRowsMax { get; init; }

    public BackfillFrom Backfill { get; init; }

    /// <summary>The server's settings with the view's own in their place.</summary>
    public ContinuousQueriesOptions ApplyTo(ContinuousQueriesOptions server) => server with
    {
        BatchRecordsMax = TriggerRecords ?? server.BatchRecordsMax,
        BatchInterval = TriggerMilliseconds is { } pause ? TimeSpan.FromMilliseconds(pause) : server.BatchInterval,
        StateRowsMax = StateRowsMax ?? server.StateRowsMax,
        LookupRefresh = LookupRefreshMilliseconds is { } refresh
            ? TimeSpan.FromMilliseconds(refresh) : server.LookupRefresh,
        LookupRowsMax = LookupRowsMax ?? server.LookupRowsMax,
    };
}
