namespace Tarn.Delivery.Shards;

/// <summary>A delivery stream while it runs: a follower per lane.</summary>
internal sealed class RunningDelivery(DeliverySpec spec, IReadOnlyList<StreamFollower> followers) : IAsyncDisposable
{
    public DeliverySpec Spec => spec;

    public IReadOnlyList<StreamFollower> Followers => followers;

    /// <summary>Why delivery does not get on, or null.</summary>
    public string? LastError =>
        followers.Select(follower => follower.LastError).FirstOrDefault(error => error is not null);

    public void Start()
    {
        foreach (var follower in followers)
        {
            follower.Start();
        }
    }

    public Task FlushAsync(CancellationToken cancellation) =>
        Task.WhenAll(followers.Select(follower => follower.FlushAsync(cancellation)));

    public async ValueTask DisposeAsync()
    {
        foreach (var follower in followers)
        {
            await follower.DisposeAsync().ConfigureAwait(false);
        }
    }
}
