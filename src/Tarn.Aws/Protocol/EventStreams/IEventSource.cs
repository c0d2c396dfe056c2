namespace Tarn.Aws.Protocol.EventStreams;

/// <summary>What an accepted event stream sends. Disposed in any case, run or not.</summary>
internal interface IEventSource : IDisposable
{
    /// <summary>Sends until it is over. What it throws becomes the last message.</summary>
    /// <param name="cancellation">The caller has gone.</param>
    Task RunAsync(EventStream stream, CancellationToken cancellation);
}
