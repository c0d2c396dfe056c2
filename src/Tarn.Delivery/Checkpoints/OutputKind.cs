namespace Tarn.Delivery.Checkpoints;

/// <summary>What an object of a batch holds. Stored by name.</summary>
internal enum OutputKind
{
    /// <summary>Records that were delivered.</summary>
    Data,

    /// <summary>Records that failed, a line each.</summary>
    Failures,
}
