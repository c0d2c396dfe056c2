using System.Buffers;
using Tarn.Formats.Compression;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Batches;

/// <summary>
/// An object that grows in a staged file: lines go through the compressor in blocks, so its size never shows in
/// memory. The file is made with the first block and removed on dispose unless the store has taken it over.
/// </summary>
internal sealed class StagedObject(string path, CompressionFormat compression) : IDisposable
{
    private const int BlockBytes = 64 << 10;

    private readonly ArrayBufferWriter<byte> _block = new(BlockBytes + 4096);
    private Stream? _output;

    public long Lines { get; private set; }

    /// <summary>Where the next line is written to; call <see cref="EndLine"/> after it.</summary>
    public IBufferWriter<byte> Output => _block;

    public void EndLine()
    {
        Lines++;
        if (_block.WrittenCount >= BlockBytes)
        {
            WriteBlock();
        }
    }

    /// <summary>Finishes the file and hands it to the store; nothing happens when it has no lines.</summary>
    public async Task PutAsync(IObjectStore store, string uri, CancellationToken cancellation)
    {
        if (Lines == 0)
        {
            return;
        }

        WriteBlock();
        await _output!.DisposeAsync().ConfigureAwait(false);
        _output = null;
        var key = ObjectKey.Parse(uri);
        await store.PutFileAsync(key, path, BatchNaming.Attributes(compression), cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _output?.Dispose();
        File.Delete(path);
    }

    private void WriteBlock()
    {
        _output ??= Open();
        _output.Write(_block.WrittenSpan);
        _block.ResetWrittenCount();
    }

    private Stream Open()
    {
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BlockBytes);
        return CompressionCodec.OpenWrite(file, compression, leaveOpen: false);
    }
}
