using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tarn.Projects.Yaml;

/// <summary>
/// What a document must be before it is loaded: loading recurses into nested nodes and hashes keys with all that
/// their aliases stand for, so a short text could otherwise take the whole stack or all the time there is.
/// </summary>
internal static class YamlShape
{
    private const int DepthMax = 64;

    /// <summary>
    /// The first place that is nested too deep or has a key other than a text; null when there is none.
    /// </summary>
    public static (Mark At, string Text)? Fault(string text)
    {
        var parser = new Parser(new StringReader(text));
        var open = new Stack<Collection>();
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case MappingEnd or SequenceEnd:
                    open.Pop();
                    break;
                case NodeEvent or AnchorAlias:
                    var isKey = open.TryPeek(out var parent) && parent.TakesKey();
                    if (isKey && parser.Current is not Scalar)
                    {
                        return (parser.Current.Start, "a key must be a text");
                    }

                    if (parser.Current is MappingStart or SequenceStart)
                    {
                        open.Push(new Collection(parser.Current is MappingStart));
                    }

                    break;
            }

            if (open.Count > DepthMax)
            {
                return (parser.Current!.Start, $"nested deeper than {DepthMax} levels");
            }
        }

        return null;
    }

    private sealed class Collection(bool isMap)
    {
        private int nodes;

        /// <summary>Counts one node: in a map, keys and values take turns.</summary>
        public bool TakesKey() => nodes++ % 2 == 0 && isMap;
    }
}
