using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Tarn.Benchmarks.Objects;

/// <summary>
/// The ceiling of a put: its bytes written to a file beside, fsynced and renamed, in this process and without a
/// network. The folder is not fsynced.
/// </summary>
/// <param name="isHashed">Also their MD5, which is what S3 answers every put with.</param>
internal sealed class PlainFiles(string directory, bool isHashed) : IObjectTarget
{
    public string Name => isHashed ? "ceiling: MD5, file and fsync" : "ceiling: file and fsync";

    public bool Serves => false;

    public TimeSpan CpuTime => Environment.CpuUsage.TotalTime;

    public Task<IObjectSession> OpenAsync() => Task.FromResult<IObjectSession>(new Session(directory, isHashed));

    public Task<(long Objects, long Bytes)> CountAsync(string folder)
    {
        var found = new DirectoryInfo(Path.Combine(directory, folder)).GetFiles("*", SearchOption.AllDirectories);
        return Task.FromResult(((long)found.Length, found.Sum(file => file.Length)));
    }

    public Task ClearAsync(string folder)
    {
        Directory.Delete(Path.Combine(directory, folder), recursive: true);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // Nothing is held between two puts.
    }

    private sealed class Session(string directory, bool isHashed) : IObjectSession
    {
        public void Prepare(ObjectShape shape, string name) =>
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(directory, name))!);

        // A thread of its own: those of the pool are too few to wait for sixteen puts at once.
        public Task PutAsync(ObjectShape shape, string name) =>
            Task.Factory.StartNew(
                () => Put(shape, name), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        public Task<long> GetAsync(ObjectShape shape, string name) =>
            throw new NotSupportedException("only puts are compared with plain files");

        public void Dispose()
        {
            // Each put closes its file.
        }

        private void Put(ObjectShape shape, string name)
        {
            var path = Path.Combine(directory, name);
            using (var file = File.OpenHandle(path + ".part", FileMode.Create, FileAccess.Write))
            {
                using var md5 = isHashed ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
                Write(file, md5, shape.Bytes);
                _ = md5?.GetHashAndReset();
                RandomAccess.FlushToDisk(file);
            }

            File.Move(path + ".part", path, overwrite: true);
        }

        private static void Write(SafeFileHandle file, IncrementalHash? md5, long length)
        {
            for (var sent = 0L; sent < length;)
            {
                var piece = ObjectBody.Piece(sent, length);
                RandomAccess.Write(file, piece.Span, sent);
                md5?.AppendData(piece.Span);
                sent += piece.Length;
            }
        }
    }
}
