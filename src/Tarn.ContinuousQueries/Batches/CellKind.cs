namespace Tarn.ContinuousQueries.Batches;

/// <summary>How a value is held in memory. Boolean, whole numbers, dates, times and decimals are a long.</summary>
internal enum CellKind
{
    Boolean,
    Int32,
    Int64,
    Double,
    Text,
    Date,
    Timestamp,
    Decimal,

    /// <summary>Values of another kind; in batches only.</summary>
    List,
}
