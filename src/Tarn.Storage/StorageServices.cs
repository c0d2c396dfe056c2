using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Objects.Lifecycle;
using Tarn.Storage.Objects.Local.Uploads;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Objects.Remote;
using Tarn.Storage.Objects.Scanning;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage;

/// <summary>Registers the embedded stores. Needs TimeProvider, IdSource, LakeIdentity and logging.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds <see cref="IObjectStore"/>, <see cref="IObjectVersions"/>, <see cref="IMultipartUploads"/>,
    /// <see cref="IBucketSettings"/>, <see cref="IBucketLifecycle"/>, <see cref="IBucketNotifications"/>,
    /// <see cref="IEventOutbox"/>, <see cref="IObjectScan"/> and <see cref="IMetadataStore"/>, and of who may do what:
    /// <see cref="IUsers"/>, <see cref="IAccessKeys"/>, <see cref="IAuthorization"/> and <see cref="IAuditTrail"/>.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        // Task.Run keeps a caller's synchronization context out of the wait; opening takes milliseconds and happens
        // once.
        services.AddSingleton(provider => new Lazy<IStores>(
            () => Task.Run(() => OpenAsync(provider, options)).GetAwaiter().GetResult()));
        services.AddSingleton<StorageLifetime>();
        services.AddHostedService(provider => provider.GetRequiredService<StorageLifetime>());
        services.AddSingleton<IMetadataStore>(provider => Open(provider).Metadata);
        services.AddSingleton<IObjectStore>(provider => Open(provider).Objects);
        services.AddSingleton<IObjectVersions>(provider => Open(provider).Versions);
        services.AddSingleton<IMultipartUploads>(provider => Open(provider).Uploads);
        services.AddSingleton<IObjectScan>(provider => Open(provider).Scan);
        services.AddSingleton<IBucketSettings>(provider => Open(provider).Settings);
        services.AddSingleton<IBucketNotifications>(provider => Open(provider).Notifications);
        services.AddSingleton<IBucketLifecycle>(provider => Open(provider).Lifecycle);
        services.AddSingleton<IHostedService>(provider => new LifecycleRunner(
            provider.GetRequiredService<Lazy<IStores>>(),
            options.LifecycleInterval,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LifecycleRunner>>()));
        services.AddSingleton<IEventOutbox>(provider => Open(provider).Outbox);
        return services.AddAccess(options);
    }

    private static async Task<IStores> OpenAsync(IServiceProvider provider, StorageOptions options)
    {
        var clock = provider.GetRequiredService<TimeProvider>();
        var ids = provider.GetRequiredService<IdSource>();
        var log = provider.GetRequiredService<ILogger<IObjectStore>>();
        return options.Remote is { } remote
            ? await RemoteStorage.OpenAsync(options.DataDirectory, remote, clock, ids, log, _ => { })
                .ConfigureAwait(false)
            : await LocalStorage.OpenAsync(options.DataDirectory, clock, ids, log, _ => { }, LocalUploads.PartBytesMin)
                .ConfigureAwait(false);
    }

    // The lifetime is made first, so that the container disposes it (and with it the stores) after all that use them.
    private static IStores Open(IServiceProvider provider)
    {
        _ = provider.GetRequiredService<StorageLifetime>();
        return provider.GetRequiredService<Lazy<IStores>>().Value;
    }
}
