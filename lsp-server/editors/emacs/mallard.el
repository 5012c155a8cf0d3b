;;; mallard.el --- Mallard's language server for Eglot -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "29.1"))

;;; Commentary:

;; Tells Eglot of Mallard's language server.  Eglot has one server for a
;; buffer, so Mallard takes the place of another one in these modes.

;;; Code:

(require 'eglot)

(defgroup mallard nil
  "Mallard's language server."
  :group 'eglot)

(defcustom mallard-command '("mallard" "lsp")
  "How the language server is started."
  :type '(repeat string))

(defcustom mallard-settings
  '(:model ""
    :endpoint ""
    :samples 1
    :maxTurns 10
    :maxTokens 512
    :temperature 0.8
    :seed 0
    :feedback ["unit-test"]
    :timeoutSeconds 10
    :runTests "onSave"
    :inlineCompletion :json-false)
  "What the language server asks for."
  :type 'plist)

(add-to-list 'eglot-server-programs
             `(((python-mode :language-id "python")
                (python-ts-mode :language-id "python")
                (java-mode :language-id "java")
                (java-ts-mode :language-id "java")
                (js-mode :language-id "javascript")
                (js-ts-mode :language-id "javascript")
                (sql-mode :language-id "sql"))
               . ,mallard-command))

;; Settings of other servers stay; those that are a function are left alone.
(let ((settings (default-value 'eglot-workspace-configuration)))
  (cond
   ((or (null settings) (keywordp (car-safe settings)))
    (setq-default eglot-workspace-configuration
                  (plist-put (copy-sequence settings) :mallard mallard-settings)))
   ((consp (car-safe settings))
    (setq-default eglot-workspace-configuration
                  (cons (cons :mallard mallard-settings) settings)))))

(provide 'mallard)

;;; mallard.el ends here
