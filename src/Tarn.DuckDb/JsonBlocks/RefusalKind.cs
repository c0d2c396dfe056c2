namespace Tarn.DuckDb.JsonBlocks;

/// <summary>What is wrong with a payload.</summary>
public enum RefusalKind
{
    /// <summary>It is not JSON.</summary>
    Malformed,

    /// <summary>It is empty, or space.</summary>
    Empty,

    /// <summary>It is JSON, but not objects.</summary>
    NotAnObject,

    /// <summary>A value does not fit its column.</summary>
    Unfit,
}
