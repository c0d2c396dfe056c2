using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tarn.Aws.Tests.Firehose.Outgoing;

/// <summary>A server on a free port that answers as told, and keeps what it was asked.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StandIn(WebApplication application) => _application = application;

    public List<Asked> Requests { get; } = [];

    public Uri Address { get; private set; } = null!;

    public Asked Only => Assert.Single(Requests);

    public static async Task<StandIn> StartAsync(Func<Asked, HttpResponse, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var standIn = new StandIn(builder.Build());
        standIn._application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var asked = new Asked(
                $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}",
                context.Request.Headers.ToDictionary(
                    header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body.ToArray());
            standIn.Requests.Add(asked);
            await answer(asked, context.Response);
        });
        await standIn._application.StartAsync();
        var addresses = standIn._application.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>();
        standIn.Address = new Uri(addresses!.Addresses.First());
        return standIn;
    }

    public static Task<StandIn> StartAsync(int status, string contentType, string body) =>
        StartAsync((_, response) =>
        {
            response.StatusCode = status;
            response.ContentType = contentType;
            return response.WriteAsync(body);
        });

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    internal sealed record Asked(string Line, Dictionary<string, string> Headers, byte[] Body);
}
