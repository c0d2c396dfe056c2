using System.Security.Cryptography;
using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Storage.Tests.Objects;

/// <summary>
/// A fresh store with one bucket, for the contracts. An adapter's tests derive from each contract and say how a store
/// is made.
/// </summary>
public abstract class ObjectStoreScene : IAsyncLifetime
{
    protected const string Bucket = "lake";

    private IObjectStore? _store;

    protected IObjectStore Store => _store!;

    protected static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _store = await OpenAsync();
        await Store.CreateBucketAsync(Bucket, None);
    }

    public async Task DisposeAsync() => await CloseAsync();

    /// <summary>Of a key in <see cref="Bucket"/>; a store below a prefix of another has less than S3 itself.</summary>
    protected virtual int KeyBytesMax => 1024;

    protected virtual StoreTraits Traits => StoreTraits.Whole;

    /// <summary>False for a key that the store refuses by name.</summary>
    protected virtual bool IsKept(string key) => Encoding.UTF8.GetByteCount(key) <= KeyBytesMax;

    /// <summary>A fresh, empty store.</summary>
    protected abstract Task<IObjectStore> OpenAsync();

    protected abstract Task CloseAsync();

#pragma warning disable CA5351 // S3 defines the ETag as MD5
    protected static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351

    protected static ObjectKey Key(string key) => new(Bucket, key);

    protected static MemoryStream Body(string text) => new(Encoding.UTF8.GetBytes(text));

    protected Task<ObjectInfo> Put(string key, string text = "x") =>
        Store.PutAsync(Key(key), Body(text), ObjectAttributes.None, None);

    protected async Task<string> Text(string key)
    {
        await using var content = await Store.OpenAsync(Key(key), null, None);
        return await new StreamReader(content!.Body).ReadToEndAsync();
    }

    protected static async Task<TarnException> AssertRefused(string code, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<TarnException>(call);
        Assert.Equal(code, failure.Code);
        return failure;
    }
}
