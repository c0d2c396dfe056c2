namespace Tarn.Storage.Objects.Notifications;

/// <summary>
/// Events of objects on their way to streams. An event is written in the very commit that changes the object, so it is
/// there if and only if the change is, whatever stops in between; it stays until it is removed. Thread-safe. Failures:
/// Unavailable (disk).
/// </summary>
public interface IEventOutbox
{
    /// <summary>The streams that events wait for, by name. Costs the streams, not the events.</summary>
    IReadOnlyList<string> ListStreams();

    /// <summary>How much waits for each of them. Costs the events.</summary>
    IReadOnlyList<WaitingEvents> ListWaiting();

    /// <summary>The oldest events of a stream, in order.</summary>
    IReadOnlyList<WaitingEvent> Read(string stream, int countMax);

    /// <summary>Forgets events that their stream has.</summary>
    Task RemoveAsync(IReadOnlyCollection<long> ids);

    /// <summary>Forgets all events.</summary>
    Task ClearAsync();

    /// <summary>
    /// Completes when events were added since it last did; they can be read then. One caller at a time.
    /// </summary>
    Task WaitAsync(CancellationToken cancellation);
}
