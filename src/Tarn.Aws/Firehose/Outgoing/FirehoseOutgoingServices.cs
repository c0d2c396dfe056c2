using Microsoft.Extensions.DependencyInjection;
using Tarn.Delivery.Endpoints;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>Adds what delivery calls out through.</summary>
public static class FirehoseOutgoingServices
{
    /// <summary>Offers <see cref="IRecordFunctions"/> and <see cref="IRecordEndpoint"/> over HTTP.</summary>
    public static IServiceCollection AddFirehoseOutgoing(
        this IServiceCollection services, FirehoseOutgoingOptions options)
    {
        services.AddSingleton(provider => new OutgoingHttp(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IRecordFunctions>(provider => new HttpFunctions(
            provider.GetRequiredService<OutgoingHttp>(), provider.GetRequiredService<LakeIdentity>(), options));
        services.AddSingleton<IRecordEndpoint>(provider => new HttpRecordEndpoint(
            provider.GetRequiredService<OutgoingHttp>(), provider.GetRequiredService<LakeIdentity>(), options));
        return services;
    }
}
