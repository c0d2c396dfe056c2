namespace Tarn.Streams.Metrics;

/// <summary>How far everything that consumes streams is behind. Memory only; any thread.</summary>
public interface IConsumerLags
{
    IReadOnlyList<ConsumerLag> List();
}
