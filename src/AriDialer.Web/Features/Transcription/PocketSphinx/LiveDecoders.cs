using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>
/// Decoders for voices that are heard live, as many as the settings allow, besides those of the recordings: a live call never waits for
/// these. A voice's decoder is loaded as soon as it is reserved.
/// </summary>
internal sealed class LiveDecoders(PocketSphinxInstallation installation, DecoderPool pool, IOptions<TranscriptionEngineOptions> options)
{
    private readonly Lock _lock = new();
    private readonly List<Reservation> _reserved = [];

    /// <summary>How many voices could still be reserved.</summary>
    public int Free
    {
        get
        {
            lock (_lock)
                return options.Value.LiveVoices - _reserved.Count;
        }
    }

    /// <summary>Null where all is in use, or the engine isn't there.</summary>
    public IDisposable? TryReserve()
    {
        if (!installation.IsThere)
            return null;

        lock (_lock)
        {
            if (_reserved.Count >= options.Value.LiveVoices)
                return null;

            var reservation = new Reservation(this, LoadAsync());
            _reserved.Add(reservation);
            return reservation;
        }
    }

    /// <summary>
    /// Gives a reserved decoder to somebody who listens, until it is disposed; who has reserved none does so now.
    /// </summary>
    /// <exception cref="PocketSphinxException">The engine isn't there, or all is in use.</exception>
    public Listening Listen()
    {
        lock (_lock)
        {
            if (_reserved.Find(one => !one.IsListening) is { } waiting)
                return new Listening(waiting, own: null);

            return TryReserve() is Reservation own
                ? new Listening(own, own)
                : throw new PocketSphinxException(installation.Missing ?? "As many voices are heard live as this machine may.");
        }
    }

    private Task<DecoderPool.Rented> LoadAsync() => pool.RentBesidesAsync();

    private static async Task LeaveAsync(Task<DecoderPool.Rented> decoder)
    {
        try
        {
            (await decoder).Dispose();
        }
        catch (Exception e) when (e is PocketSphinxException or ObjectDisposedException)
        {
            // It was not loaded, so there is nothing to be given back; who listened has been told.
        }
    }

    /// <summary>A decoder in use. Its disposal may come while it is still searching: it is given back when that is over.</summary>
    internal sealed class Listening : IDisposable
    {
        private readonly Reservation _reservation;
        private readonly Reservation? _own;

        public Listening(Reservation reservation, Reservation? own)
        {
            (_reservation, _own) = (reservation, own);
            Decoder = reservation.Take();
        }

        public Task<DecoderPool.Rented> Decoder { get; }

        public void Dispose()
        {
            _reservation.GiveBack(Decoder);
            _own?.Dispose();
        }
    }

    internal sealed class Reservation(LiveDecoders decoders, Task<DecoderPool.Rented> decoder) : IDisposable
    {
        private Task<DecoderPool.Rented>? _decoder = decoder;
        private bool _isDisposed;

        public bool IsListening { get; private set; }

        public Task<DecoderPool.Rented> Take()
        {
            lock (decoders._lock)
            {
                IsListening = true;
                return _decoder!;
            }
        }

        public void GiveBack(Task<DecoderPool.Rented> used)
        {
            lock (decoders._lock)
            {
                IsListening = false;
                if (!_isDisposed && used is { IsCompletedSuccessfully: true } && used.GetAwaiter().GetResult().Decoder.IsUsable)
                    return;
                _decoder = _isDisposed ? null : decoders.LoadAsync();
            }

            _ = LeaveAsync(used);
        }

        public void Dispose()
        {
            Task<DecoderPool.Rented>? left;
            lock (decoders._lock)
            {
                if (_isDisposed)
                    return;
                _isDisposed = true;
                decoders._reserved.Remove(this);
                left = IsListening ? null : _decoder;
                _decoder = null;
            }

            if (left is not null)
                _ = LeaveAsync(left);
        }
    }
}
