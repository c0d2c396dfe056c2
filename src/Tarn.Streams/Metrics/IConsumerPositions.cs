namespace Tarn.Streams.Metrics;

/// <summary>Rooms whose parts consume streams implement this, and are asked when somebody looks at lag.</summary>
public interface IConsumerPositions
{
    /// <summary>All consumers of the room at this moment. Memory only; any thread.</summary>
    IReadOnlyList<ConsumerPosition> List();
}
