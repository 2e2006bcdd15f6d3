using System.Collections.Immutable;

namespace AriDialer.Web.Features.Transcription.Keywords;

/// <summary>
/// Phrases as a tree of their words. A text is read once, word by word, however many phrases there are: each word either leads on from
/// where the words before it have led, or to nothing.
/// </summary>
internal sealed class KeywordTrie
{
    /// <summary>The shortest beginning that a star may follow: a shorter one would find half of the language.</summary>
    public const int ShortestBeginning = 2;

    public Node Root { get; } = new();

    /// <summary>Takes a phrase in; false where there is no word in it.</summary>
    public bool TryAdd(Keyword keyword)
    {
        var node = Root;
        foreach (var word in SpokenWords.OfPhrase(keyword.Phrase))
        {
            node = node.Add(word);
        }

        if (node == Root)
            return false;

        node.Ends = node.Ends.Add(keyword);
        return true;
    }

    internal sealed class Node
    {
        private readonly Dictionary<string, Node> _words = [];
        private readonly Dictionary<string, Node> _beginnings = [];
        private int _longestBeginning;

        /// <summary>The phrases whose last word it is.</summary>
        public ImmutableArray<Keyword> Ends { get; set; } = [];

        public bool IsLast => _words.Count == 0 && _beginnings.Count == 0;

        /// <summary>Adds the nodes to which a word leads.</summary>
        public void Follow(string word, List<Node> to)
        {
            if (_words.TryGetValue(word, out var node))
                to.Add(node);
            if (_beginnings.Count == 0)
                return;

            var beginnings = _beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var length = Math.Min(word.Length, _longestBeginning); length >= ShortestBeginning; length--)
            {
                if (beginnings.TryGetValue(word.AsSpan(0, length), out node))
                    to.Add(node);
            }
        }

        public Node Add(string word)
        {
            var isBeginning = word.EndsWith('*');
            var key = isBeginning ? word[..^1] : word;
            if (isBeginning)
                _longestBeginning = Math.Max(_longestBeginning, key.Length);
            var nodes = isBeginning ? _beginnings : _words;
            if (!nodes.TryGetValue(key, out var node))
                nodes.Add(key, node = new Node());
            return node;
        }
    }
}
