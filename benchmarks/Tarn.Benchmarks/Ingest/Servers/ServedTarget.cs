using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tarn.Benchmarks.Lakes;

namespace Tarn.Benchmarks.Ingest.Servers;

/// <summary>
/// The ceilings: Kestrel answering a full PutRecords answer of 500 rows without keeping anything. <c>discard</c> reads
/// the body, <c>parse</c> also reads its JSON and decodes the payloads into a buffer. Neither checks a signature,
/// hashes a key or writes to the disk. <c>discard</c> answers GetRecords with 10,000 records made before.
/// </summary>
internal static class ServedTarget
{
    public const string Discard = "discard";
    public const string Parse = "parse";

    private static readonly byte[] Answer = MakeAnswer();
    private static readonly byte[] ReadAnswer = MakeReadAnswer();

    /// <summary>Serves until standard input ends.</summary>
    public static async Task RunAsync(string kind, string contentRoot)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = contentRoot });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        await using var application = builder.Build();
        application.Run(kind switch
        {
            Discard => DiscardAsync,
            Parse => ParseAsync,
            _ => throw new ArgumentException($"target '{kind}' is not known: {Discard} or {Parse}"),
        });
        await application.StartAsync();
        var server = application.Services.GetRequiredService<IServer>();
        Console.WriteLine("ready " + server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await AllocationReport.ServeAsync();
        await application.StopAsync();
    }

    private static async Task DiscardAsync(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync();
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        var target = context.Request.Headers["X-Amz-Target"].ToString();
        await RespondAsync(context, target.EndsWith("GetRecords", StringComparison.Ordinal) ? ReadAnswer : Answer);
    }

    private static async Task ParseAsync(HttpContext context)
    {
        var length = (int)context.Request.ContentLength!.Value;
        var body = ArrayPool<byte>.Shared.Rent(length);
        var payloads = ArrayPool<byte>.Shared.Rent(length);
        await context.Request.Body.ReadExactlyAsync(body.AsMemory(0, length));
        if (CopyPayloads(body.AsSpan(0, length), payloads) == 0)
        {
            throw new BadHttpRequestException("no payload in the body");
        }

        ArrayPool<byte>.Shared.Return(body);
        ArrayPool<byte>.Shared.Return(payloads);
        await RespondAsync(context, Answer);
    }

    private static int CopyPayloads(ReadOnlySpan<byte> body, Span<byte> payloads)
    {
        var used = 0;
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("Data"u8))
            {
                reader.Read();
                System.Buffers.Text.Base64.DecodeFromUtf8(reader.ValueSpan, payloads[used..], out _, out var written);
                used += written;
            }
            else if (reader.ValueTextEquals("PartitionKey"u8))
            {
                reader.Read();
                used += reader.CopyString(payloads[used..]);
            }
        }

        return used;
    }

    private static async Task RespondAsync(HttpContext context, byte[] answer)
    {
        context.Response.ContentType = "application/x-amz-json-1.1";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer);
    }

    private static byte[] MakeAnswer()
    {
        const string Row = "{\"SequenceNumber\":\"12345678\",\"ShardId\":\"shardId-000000000000\"}";
        var rows = string.Join(',', Enumerable.Repeat(Row, PutRequests.RecordsPerRequest));
        return Encoding.ASCII.GetBytes($"{{\"FailedRecordCount\":0,\"EncryptionType\":\"NONE\",\"Records\":[{rows}]}}");
    }

    private static byte[] MakeReadAnswer()
    {
        var rows = Enumerable.Range(0, ReadBack.RecordsPerAnswer).Select(i =>
            "{\"ApproximateArrivalTimestamp\":1795406400.123,\"Data\":\""
            + Convert.ToBase64String(ScoreRecords.Make(i, users: 50))
            + "\",\"EncryptionType\":\"NONE\",\"PartitionKey\":\"user-123456\",\"SequenceNumber\":\"12345678\"}");
        return Encoding.ASCII.GetBytes($"{{\"MillisBehindLatest\":0,\"Records\":[{string.Join(',', rows)}]}}");
    }
}
