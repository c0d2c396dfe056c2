using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tarn.Tests.Webhooks;

/// <summary>A receiver of webhooks on a free port that answers as told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication application;

    private Receiver(WebApplication application) => this.application = application;

    public List<Got> Requests { get; } = [];

    public Uri Address { get; private set; } = null!;

    public static async Task<Receiver> StartAsync(Func<Got, HttpResponse, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new Receiver(builder.Build());
        receiver.application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var got = new Got(
                $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}",
                context.Request.Headers.ToDictionary(
                    header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body.ToArray());
            lock (receiver.Requests)
            {
                receiver.Requests.Add(got);
            }

            await answer(got, context.Response);
        });
        await receiver.application.StartAsync();
        receiver.Address = new Uri(receiver.application.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.First());
        return receiver;
    }

    public static Task<Receiver> StartAsync(int status, string? header = null, string? value = null) =>
        StartAsync((_, response) =>
        {
            response.StatusCode = status;
            if (header is not null)
            {
                response.Headers[header] = value;
            }

            return response.WriteAsync("what the receiver\nsays");
        });

    public ValueTask DisposeAsync() => application.DisposeAsync();

    /// <summary>What was posted.</summary>
    internal sealed record Got(string Line, Dictionary<string, string> Headers, byte[] Body)
    {
        /// <summary>
        /// As a receiver verifies by the specification: HMAC-SHA256 with the decoded secret over the id, the timestamp
        /// and the body as they came, joined by dots; any of the signatures may fit.
        /// </summary>
        public bool IsSignedWith(string secret, DateTimeOffset now)
        {
            var at = long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
            byte[] signed =
                [.. Encoding.ASCII.GetBytes(Headers["webhook-id"] + "." + Headers["webhook-timestamp"] + "."), .. Body];
            var expected = HMACSHA256.HashData(Convert.FromBase64String(secret.Replace("whsec_", "")), signed);
            return Math.Abs(now.ToUnixTimeSeconds() - at) <= 300
                && Headers["webhook-signature"].Split(' ').Any(signature => signature.StartsWith("v1,")
                    && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(signature[3..]), expected));
        }
    }
}
