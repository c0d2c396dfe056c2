using System.CommandLine;

namespace Tarn.Commands.Streams;

/// <summary><c>tarn stream ...</c>: see, watch, make and change streams.</summary>
internal static class StreamCommand
{
    public static Command Create() => new("stream", """
        See, watch, make and change streams.
          tarn stream ls                                   all streams with rates and the lag of their consumers
          tarn stream tail scores                          print records as they arrive
          tarn stream create scores --shards 2
          tarn stream set scores --retention-hours 48      change what is named, leave the rest
          tarn stream set scores --limits aws --error-rate 0.05 --latency-ms 200     test a producer
        """)
    {
        StreamListing.Create(),
        StreamShowing.Create(),
        StreamTailing.Create(),
        StreamChanges.Make(),
        StreamChanges.Set(),
        StreamChanges.Remove(),
        StreamResharding.Split(),
        StreamResharding.Merge(),
    };

    public static Argument<string> Name() => new("NAME") { Description = "the stream" };

    public static string Path(string name, string rest = "") => $"/api/streams/{Uri.EscapeDataString(name)}{rest}";
}
