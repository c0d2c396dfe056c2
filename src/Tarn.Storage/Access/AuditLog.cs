using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Tarn.Storage.Access;

/// <summary>
/// <c>audit.log</c> of the data directory, a JSON object per line (docs/formats/access.md), and the same as a log
/// line. Before the file would pass its size it becomes <c>audit.log.1</c>, that one <c>audit.log.2</c>, and so on;
/// the last is dropped, so a flood of refused requests cannot fill the disk. Lines are written at once and not synced.
/// </summary>
internal sealed partial class AuditLog(string path, long bytesMax, TimeProvider time, ILogger<AuditLog> log)
    : IAuditTrail, IDisposable
{
    public const long DefaultBytesMax = 16 << 20;

    /// <summary>Files kept beside the one that is written.</summary>
    public const int OlderMax = 4;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Lock _gate = new();
    private FileStream? _file;

    public void Denied(AccessRequest request, string reason, string requestId)
    {
        var user = request.Caller?.UserName ?? "anonymous";
        var resource = request.Key.Length == 0 ? request.Bucket : $"{request.Bucket}/{request.Key}";
        LogDenied(log, user, request.Action, JavaScriptEncoder.Default.Encode(resource), reason, requestId);
        var line = Line(request, resource, reason, requestId);
        lock (_gate)
        {
            try
            {
                Append(line);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Close();
                LogLost(log, failure, path);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
        }
    }

    private byte[] Line(AccessRequest request, string resource, string reason, string requestId)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v", 1);
            writer.WriteString("time", time.GetUtcNow());
            writer.WriteString("event", "denied");
            writer.WriteString("user", request.Caller?.UserName);
            writer.WriteString("access_key_id", request.Caller?.AccessKeyId);
            writer.WriteString("action", request.Action);
            writer.WriteString("resource", resource);
            writer.WriteString("reason", reason);
            writer.WriteString("from", request.From?.ToString());
            writer.WriteString("request_id", requestId);
            writer.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private void Append(byte[] line)
    {
        _file ??= Open();
        if (_file.Length > 0 && _file.Length + line.Length > bytesMax)
        {
            Close();
            Rotate();
            _file = Open();
        }

        _file.Write(line);
    }

    private FileStream Open()
    {
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = Private,
        });
        File.SetUnixFileMode(file.SafeFileHandle, Private);
        return file;
    }

    private void Rotate()
    {
        for (var older = OlderMax; older >= 1; older--)
        {
            var from = older == 1 ? path : $"{path}.{older - 1}";
            if (File.Exists(from))
            {
                File.Move(from, $"{path}.{older}", overwrite: true);
            }
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    [LoggerMessage(2050, LogLevel.Information, "denied {User} {Action} {Resource}: {Reason} (request {RequestId})")]
    private static partial void LogDenied(
        ILogger log, string user, string action, string resource, string reason, string requestId);

    [LoggerMessage(2051, LogLevel.Error, "a line of {Path} is lost")]
    private static partial void LogLost(ILogger log, Exception failure, string path);
}
