package dev.mallard.lsp.request;

import com.google.gson.JsonParseException;
import java.io.Reader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.MessageIssueException;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.json.JsonRpcMethod;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageConsumer;
import org.eclipse.lsp4j.jsonrpc.messages.Message;
import org.eclipse.lsp4j.jsonrpc.messages.MessageIssue;
import org.eclipse.lsp4j.jsonrpc.messages.NotificationMessage;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;
import org.eclipse.lsp4j.jsonrpc.services.ServiceEndpoints;
import org.eclipse.lsp4j.services.LanguageClient;

/**
 * Builds the connection to a client, with two things that LSP4J leaves out of the specifications: a
 * message that is no JSON is answered with an error, and so is a request whose name begins with
 * {@code $/} (JSON-RPC 2.0, section 5.1; LSP 3.17, "$ Notifications and Requests").
 */
final class Connection extends Launcher.Builder<LanguageClient> {
  private final Function<Throwable, ResponseError> errors;

  /**
   * A connection.
   *
   * @param errors what is answered where something went wrong
   */
  Connection(Function<Throwable, ResponseError> errors) {
    this.errors = errors;
    setRemoteInterface(LanguageClient.class);
  }

  @Override
  protected RemoteEndpoint createRemoteEndpoint(MessageJsonHandler handler) {
    MessageConsumer outgoing = new StreamMessageConsumer(output, handler);
    RemoteEndpoint endpoint =
        new Strict(outgoing, ServiceEndpoints.toEndpoint(localServices), errors);
    endpoint.setJsonHandler(handler);
    handler.setMethodProvider(endpoint);
    return endpoint;
  }

  @Override
  protected MessageJsonHandler createJsonHandler() {
    return new StrictJson(getSupportedMethods());
  }

  /** Has what is no JSON handled as other wrong messages are. */
  private static final class StrictJson extends MessageJsonHandler {
    StrictJson(Map<String, JsonRpcMethod> methods) {
      super(methods);
    }

    @Override
    public Message parseMessage(Reader input) {
      try {
        return super.parseMessage(input);
      } catch (JsonParseException e) {
        MessageIssue issue =
            new MessageIssue("This is no JSON.", ResponseErrorCode.ParseError.getValue(), e);
        throw new MessageIssueException(new NotificationMessage(), issue);
      }
    }
  }

  private static final class Strict extends RemoteEndpoint {
    private final MessageConsumer outgoing;

    Strict(MessageConsumer outgoing, Endpoint local, Function<Throwable, ResponseError> errors) {
      super(outgoing, local, errors);
      this.outgoing = outgoing;
    }

    @Override
    protected void handleRequest(RequestMessage request) {
      if (request.getMethod().startsWith("$/")) {
        outgoing.consume(
            createErrorResponseMessage(
                request,
                new ResponseError(
                    ResponseErrorCode.MethodNotFound, "The server has no such method.", null)));
      } else {
        super.handleRequest(request);
      }
    }

    @Override
    public void handle(Message message, List<MessageIssue> issues) {
      super.handle(message, issues);
      int parseError = ResponseErrorCode.ParseError.getValue();
      if (message instanceof RequestMessage
          || issues.stream().noneMatch(issue -> issue.getIssueCode() == parseError)) {
        return;
      }
      ResponseMessage answer = new ResponseMessage();
      answer.setError(
          new ResponseError(
              ResponseErrorCode.ParseError, "The message is no JSON of the protocol.", null));
      outgoing.consume(answer);
    }
  }
}
