namespace Tarn.Console.Events;

/// <summary>
/// Where events of one connection go. Thread-safe; a send completes when the event is written, so that a slow
/// reader slows its sources.
/// </summary>
internal interface IEventSink
{
    Task SendAsync<T>(string name, T body, CancellationToken cancellation);

    /// <param name="id">What a reader that connects again gives as <c>Last-Event-ID</c>. No line ends.</param>
    Task SendAsync<T>(string name, string id, T body, CancellationToken cancellation);
}
