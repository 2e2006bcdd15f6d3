namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>A server with models did not do what it was asked; the message is for people. What the server wrote is not in it: it may repeat the key.</summary>
internal sealed class ModelServerException(string message) : Exception(message);
