namespace Tarn.ContinuousQueries.Definitions;

/// <summary>What a sink writes into. Ids are stored: append only.</summary>
internal enum SinkTargetKind
{
    /// <summary>One of Tarn's own streams.</summary>
    Stream = 0,

    /// <summary>A table of the catalog, Parquet.</summary>
    Table = 1,

    /// <summary>A webhook that the server's owner has named.</summary>
    Webhook = 2,
}
