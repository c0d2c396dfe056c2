namespace Tarn.ContinuousQueries.Planning;

/// <summary>How a partial aggregate of a batch joins what is held. Ids are stored in snapshots: append only.</summary>
internal enum PartialKind
{
    Count = 1,
    SumInteger = 2,
    SumDouble = 3,
    Min = 4,
    Max = 5,
    ArgMin = 6,
    ArgMax = 7,
    First = 8,
    Last = 9,

    /// <summary>A value as it came, of a row that is kept.</summary>
    Value = 10,
}
