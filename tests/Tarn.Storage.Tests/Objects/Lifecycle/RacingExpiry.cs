using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Lifecycle;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Tests.Objects.Lifecycle;

/// <summary>Somebody else changes these keys between the look and the delete.</summary>
internal sealed class RacingExpiry(
    IExpiry expiry, Func<ObjectKey, Task> change, Predicate<ObjectKey> isChanged) : IExpiry
{
    public async Task<bool> ExpireAsync(
        ObjectKey key, Func<ObjectInfo, bool> isDue, CancellationToken cancellation)
    {
        await ChangeAsync(key);
        return await expiry.ExpireAsync(key, isDue, cancellation);
    }

    public async Task<bool> ExpireVersionAsync(
        ObjectKey key, string versionId, Func<ObjectVersion, bool, bool> isDue, CancellationToken cancellation)
    {
        await ChangeAsync(key);
        return await expiry.ExpireVersionAsync(key, versionId, isDue, cancellation);
    }

    private async Task ChangeAsync(ObjectKey key)
    {
        if (isChanged(key))
        {
            await change(key);
        }
    }
}
