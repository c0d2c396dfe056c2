using Tarn.Storage.Objects.Notifications;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Notifications;

/// <summary>Fails at <c>read</c> and <c>forget</c> as asked.</summary>
internal sealed class FaultyOutbox(IEventOutbox outbox, Faults faults) : IEventOutbox
{
    public IReadOnlyList<string> ListStreams() => outbox.ListStreams();

    public IReadOnlyList<WaitingEvents> ListWaiting() => outbox.ListWaiting();

    public IReadOnlyList<WaitingEvent> Read(string stream, int countMax)
    {
        faults.Pass("read");
        return outbox.Read(stream, countMax);
    }

    public Task RemoveAsync(IReadOnlyCollection<long> ids)
    {
        faults.Pass("forget");
        return outbox.RemoveAsync(ids);
    }

    public Task ClearAsync() => outbox.ClearAsync();

    public Task WaitAsync(CancellationToken cancellation) => outbox.WaitAsync(cancellation);
}
