using Tarn.Storage.Metadata;

namespace Tarn.Streams.Tests.Resharding;

/// <summary>
/// A metadata store that a test stops before or after the next change, to look at what a crash leaves.
/// </summary>
internal sealed class HeldStore(IMetadataStore store) : IMetadataStore
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool HoldsBefore { get; set; }

    public bool HoldsAfter { get; set; }

    /// <summary>A change is held.</summary>
    public Task Reached => _reached.Task;

    public void Release(Exception? failure = null)
    {
        if (failure is null)
        {
            _release.SetResult();
        }
        else
        {
            _release.SetException(failure);
        }
    }

    public Task<Resource?> FindAsync(string kind, string name, CancellationToken cancellation) =>
        store.FindAsync(kind, name, cancellation);

    public Task<IReadOnlyList<Resource>> ListAsync(
        string kind, string prefix, string? after, int countMax, CancellationToken cancellation) =>
        store.ListAsync(kind, prefix, after, countMax, cancellation);

    public async Task ApplyAsync(IReadOnlyList<MetadataChange> changes, CancellationToken cancellation)
    {
        await HoldAsync(HoldsBefore);
        await store.ApplyAsync(changes, cancellation);
        await HoldAsync(HoldsAfter);
    }

    private async Task HoldAsync(bool holds)
    {
        if (holds)
        {
            _reached.TrySetResult();
            await _release.Task;
        }
    }
}
