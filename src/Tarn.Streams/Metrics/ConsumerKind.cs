namespace Tarn.Streams.Metrics;

/// <summary>What reads a stream and remembers how far it is.</summary>
public enum ConsumerKind
{
    /// <summary>A delivery stream.</summary>
    Delivery,

    /// <summary>A materialized view.</summary>
    View,

    /// <summary>A registered consumer that records are pushed to.</summary>
    EnhancedFanOut,
}
