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

    /// <summary>Count, mean, sum of squared deviations.</summary>
    Moments = 11,

    /// <summary>Count of pairs, means, sums of squared deviations and of products.</summary>
    PairMoments = 12,

    BitAnd = 13,
    BitOr = 14,
    BitXor = 15,
    Product = 16,

    /// <summary>Every value once.</summary>
    Set = 17,

    /// <summary>Every value once, with how often it came.</summary>
    Counts = 18,

    /// <summary>Every value, in the order in which they came.</summary>
    List = 19,

    /// <summary>HyperLogLog of the values.</summary>
    Sketch = 20,
}
