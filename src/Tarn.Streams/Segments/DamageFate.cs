namespace Tarn.Streams.Segments;

internal enum DamageFate
{
    /// <summary>The end of the log: an append that was never acknowledged. Cut off.</summary>
    TornTail,

    /// <summary>Amid good batches: left in place, its records are lost, the rest is served.</summary>
    SteppedOver,
}
