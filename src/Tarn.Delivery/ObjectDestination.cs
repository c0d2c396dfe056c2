namespace Tarn.Delivery;

/// <summary>Objects in a bucket; with a table, the lake's own layout.</summary>
public sealed record ObjectDestination : DeliveryDestination
{
    public required ObjectOutput Output { get; init; }

    public RecordForm Form { get; init; }

    /// <summary>
    /// Timestamps of the prefix are those of each record, read from its content; null: those of arrival.
    /// </summary>
    public EventTime? EventTime { get; init; }

    /// <summary>Records are kept apart by keys out of their content; null: they are not.</summary>
    public DynamicPartitioning? Partitioning { get; init; }

    /// <summary>Records become rows of Parquet files; null: they stay as they are.</summary>
    public FormatConversion? Conversion { get; init; }

    /// <summary>
    /// The table that the objects belong to: their folders become its partitions in the same step as the checkpoint.
    /// </summary>
    public TableTarget? Table { get; init; }

    /// <summary>Where the records also go as they came from the source; null: nowhere.</summary>
    public ObjectOutput? Backup { get; init; }
}
