using System.Buffers;
using Tarn.Formats.Compression;

namespace Tarn.Delivery.Batches;

/// <summary>
/// A compressed file that grows block by block: while one block is filled, the one before it is compressed on another
/// thread, so that reading and compressing take the time of the slower. The file is made with the first block and
/// removed on dispose unless it was moved away.
/// </summary>
internal sealed class StagedObject(string path, CompressionFormat compression) : IAsyncDisposable
{
    private const int BlockBytes = 128 << 10;

    private ArrayBufferWriter<byte> _filling = new();
    private ArrayBufferWriter<byte> _compressing = new();
    private Task _compression = Task.CompletedTask;
    private Stream? _output;

    public string Path => path;

    public long Lines { get; private set; }

    /// <summary>Where the next line is written to; call <see cref="EndLine"/> after it.</summary>
    public IBufferWriter<byte> Output => _filling;

    public bool IsFull => _filling.WrittenCount >= BlockBytes;

    public void EndLine() => Lines++;

    /// <summary>Hands the block to the compressor, once that has done with the one before.</summary>
    public async ValueTask DrainAsync()
    {
        await _compression.ConfigureAwait(false);
        (_filling, _compressing) = (_compressing, _filling);
        _compression = Task.Run(WriteBlock);
    }

    /// <summary>Closes the file; null when it has no lines.</summary>
    public async Task<StagedFile?> FinishAsync()
    {
        if (Lines == 0)
        {
            return null;
        }

        await DrainAsync().ConfigureAwait(false);
        await _compression.ConfigureAwait(false);
        if (_output is not null)
        {
            await _output.DisposeAsync().ConfigureAwait(false);
            _output = null;
        }

        return new StagedFile(path, Lines);
    }

    public async ValueTask DisposeAsync()
    {
        await _compression.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_output is not null)
        {
            await _output.DisposeAsync().ConfigureAwait(false);
        }

        File.Delete(path);
    }

    private void WriteBlock()
    {
        _output ??= Open();
        _output.Write(_compressing.WrittenSpan);
        _compressing.ResetWrittenCount();
    }

    private Stream Open()
    {
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 64 << 10);
        return CompressionCodec.OpenWrite(file, compression, leaveOpen: false);
    }
}
