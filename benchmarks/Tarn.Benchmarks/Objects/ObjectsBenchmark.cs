using Tarn.Testing;

namespace Tarn.Benchmarks.Objects;

/// <summary>
/// GET and PUT of objects of three sizes over the S3 API of a server in a process of its own, beside nginx, radosgw and
/// plain files; then a listing. The targets take turns within a round, so that a disturbance of the machine meets all.
/// </summary>
internal sealed class ObjectsBenchmark(BenchmarkOptions options, string directory)
{
    private const int ListedObjects = 1_000_000;

    /// <summary>Room for the largest round of one target, twice.</summary>
    private const long FreeBytesMin = 40 * ObjectShape.GiB;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync()
    {
        var tarn = await TarnObjects.StartAsync(directory);
        var targets = new List<IObjectTarget> { tarn };
        try
        {
            await AddPeersAsync(targets);
            await MeasureAsync(targets);
            await ListingFigures.RunAsync(
                tarn, Path.Combine(directory, "lake", "metadata.db"), ListedObjects, options.Rounds);
        }
        finally
        {
            targets.ForEach(target => target.Dispose());
        }
    }

    private async Task AddPeersAsync(List<IObjectTarget> targets)
    {
        if (NginxObjects.IsInstalled)
        {
            var folder = Directory.CreateDirectory(Path.Combine(directory, "nginx"));
            targets.Add(await NginxObjects.StartAsync(folder.FullName));
        }
        else
        {
            Console.WriteLine("nginx is not installed: its rows are left out");
        }

        if (RadosGateway.IsInstalled)
        {
            var folder = Directory.CreateDirectory(Path.Combine(directory, "radosgw"));
            targets.Add(await RadosObjects.StartAsync(folder.FullName));
        }
        else
        {
            Console.WriteLine("radosgw is not installed: its rows are left out");
        }

        targets.Add(new PlainFiles(Path.Combine(directory, "plain"), isHashed: false));
        targets.Add(new PlainFiles(Path.Combine(directory, "hashed"), isHashed: true));
    }

    private async Task MeasureAsync(List<IObjectTarget> targets)
    {
        var figures = new ObjectFigures();
        var shapes = ObjectShape.All.Where(Fits).ToList();
        foreach (var shape in shapes.Where(shape => shape.Bytes < ObjectShape.GiB))
        {
            foreach (var target in Takers(targets, shape))
            {
                await ObjectLoad.RunAsync(target, shape, WarmUp);
            }
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var shape in shapes.Where(shape => round == 0 || !shape.IsOnce))
            {
                foreach (var target in Takers(targets, shape))
                {
                    figures.Add(
                        shape, target, await ObjectLoad.RunAsync(target, shape, TimeSpan.FromSeconds(options.Seconds)));
                }
            }
        }

        figures.Print(targets);
    }

    private bool Fits(ObjectShape shape)
    {
        var fits = shape.Operation == ObjectShape.Get || !shape.IsOnce
            || new DriveInfo(directory).AvailableFreeSpace > FreeBytesMin;
        if (!fits)
        {
            Console.WriteLine(
                $"{shape}: left out, {directory} has less than {FreeBytesMin / ObjectShape.GiB} GiB free");
        }

        return fits;
    }

    private static IEnumerable<IObjectTarget> Takers(List<IObjectTarget> targets, ObjectShape shape) =>
        targets.Where(target => target.Serves || shape.Operation == ObjectShape.Put);
}
