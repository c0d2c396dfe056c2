using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access.Policies;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Storage.Access;

/// <summary>Registers who may do what. Needs the stores of metadata and bucket settings, and LakeIdentity.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, StorageOptions options)
    {
        // Read once, on another thread so that a caller's synchronization context is not waited for.
        services.AddSingleton(provider => Task.Run(() => StoredUsers.LoadAsync(
            provider.GetRequiredService<IMetadataStore>(),
            options.RootKey,
            KeySource.System,
            provider.GetRequiredService<TimeProvider>(),
            CancellationToken.None)).GetAwaiter().GetResult());
        services.AddSingleton<IUsers>(provider => provider.GetRequiredService<StoredUsers>());
        services.AddSingleton<IAccessKeys>(provider => provider.GetRequiredService<StoredUsers>());
        services.AddSingleton(provider => new BucketPolicies(
            provider.GetRequiredService<IBucketSettings>(),
            provider.GetRequiredService<LakeIdentity>(),
            provider.GetRequiredService<ILogger<BucketPolicies>>()));
        services.AddSingleton<IAuthorization>(provider => new Authorization(
            provider.GetRequiredService<StoredUsers>(), provider.GetRequiredService<BucketPolicies>()));
        services.AddSingleton<IAuditTrail>(provider => new AuditLog(
            Path.Combine(options.DataDirectory, "audit.log"),
            AuditLog.DefaultBytesMax,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AuditLog>>()));
        return services;
    }
}
