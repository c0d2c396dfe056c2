using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tarn.Storage.Access;
using Tarn.Testing;

namespace Tarn.Storage.Tests.Access;

public sealed class AuditLogTests
{
    private static readonly AccessKey Ann = new("ANNSKEYANNSKEYAN", "anns-secret", "ann");

    [Fact]
    public void Denied_EachRequest_IsALine()
    {
        using var directory = new TempDirectory();
        var path = Path.Combine(directory.Path, "audit.log");
        using (var log = Open(path, AuditLog.DefaultBytesMax))
        {
            log.Denied(
                new AccessRequest(Ann, "s3:PutObject", "lake", "a\nb\u001b") { From = IPAddress.Loopback },
                "ann has no grant",
                "id-1");
            log.Denied(new AccessRequest(null, "s3:ListBucket", "lake", ""), "not signed", "id-2");
        }

        using (var log = Open(path, AuditLog.DefaultBytesMax))
        {
            log.Denied(new AccessRequest(Ann, "kinesis:PutRecord", "", ""), "left to root", "id-3");
        }

        var text = File.ReadAllText(path);
        Assert.DoesNotContain(Ann.Secret, text, StringComparison.Ordinal);
        var lines = File.ReadAllLines(path);
        Assert.Equal(3, lines.Length);
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal(
            """
            {"v":1,"time":"2026-11-23T04:00:00+00:00","event":"denied","user":"ann","access_key_id":"ANNSKEYANNSKEYAN",
            "action":"s3:PutObject","resource":"lake/a\nb\u001B","reason":"ann has no grant","from":"127.0.0.1",
            "request_id":"id-1"}
            """.ReplaceLineEndings(""),
            lines[0]);
        Assert.Contains("\"user\":null,\"access_key_id\":null", lines[1], StringComparison.Ordinal);
        Assert.Contains("id-3", lines[2], StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Denied_ManyTimes_KeepsTheNewestInBoundedFiles()
    {
        using var directory = new TempDirectory();
        var path = Path.Combine(directory.Path, "audit.log");
        const int BytesMax = 2048;
        using (var log = Open(path, BytesMax))
        {
            for (var number = 0; number < 200; number++)
            {
                log.Denied(new AccessRequest(Ann, "s3:GetObject", "lake", "key"), "no grant", $"id-{number:000}");
            }
        }

        var files = Directory.GetFiles(directory.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["audit.log", "audit.log.1", "audit.log.2", "audit.log.3", "audit.log.4"], files);
        Assert.All(
            Directory.GetFiles(directory.Path), file => Assert.InRange(new FileInfo(file).Length, 1, BytesMax));
        var kept = Enumerable.Range(1, AuditLog.OlderMax).Reverse().Select(older => $"{path}.{older}").Append(path)
            .SelectMany(File.ReadLines)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("request_id").GetString())
            .ToList();
        Assert.Equal(Enumerable.Range(200 - kept.Count, kept.Count).Select(number => $"id-{number:000}"), kept);
    }

    [Fact]
    public void Denied_FileCannotBeWritten_GoesOnAndHealsLater()
    {
        using var directory = new TempDirectory();
        var path = Path.Combine(directory.Path, "audit.log");
        Directory.CreateDirectory(path);
        using var log = Open(path, AuditLog.DefaultBytesMax);
        log.Denied(new AccessRequest(Ann, "s3:GetObject", "lake", "key"), "no grant", "id-1");
        Directory.Delete(path);
        log.Denied(new AccessRequest(Ann, "s3:GetObject", "lake", "key"), "no grant", "id-2");
        Assert.Contains("id-2", Assert.Single(File.ReadAllLines(path)), StringComparison.Ordinal);
    }

    private static AuditLog Open(string path, long bytesMax) => new(
        path,
        bytesMax,
        new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 4, 0, 0, TimeSpan.Zero)),
        NullLogger<AuditLog>.Instance);
}
