namespace Tarn.Console.Events;

/// <summary>
/// Where events of one connection go. Thread-safe; a send completes when the event is written, so that a slow
/// reader slows its sources.
/// </summary>
internal interface IEventSink
{
    Task SendAsync<T>(string name, T body, CancellationToken cancellation);
}
